"""How large an installation must be: a simulation of queue, workers and chat model, checked against this machine, and the sums."""

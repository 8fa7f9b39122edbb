"""Documents with text that speaks to the model, and what comes of them."""

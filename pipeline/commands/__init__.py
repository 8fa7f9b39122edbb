"""What each command does once its flags are parsed: calls the API and prints."""

"""A draft from the first question until it is sent, put aside, or thrown away."""

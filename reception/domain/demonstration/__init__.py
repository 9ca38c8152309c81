"""A made-up past and present of the whole register, told as stories and played by the verbs or in bulk."""

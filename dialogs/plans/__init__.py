"""One plan for a child: what is wished, what is needed, who does what, and whether it helped."""

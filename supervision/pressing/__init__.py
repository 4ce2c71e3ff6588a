"""What is late or nearly so, who must be pressed for it, under which number, and with which words."""

"""What the API of every app is built of: lists and rows to read, acts to do, how both are described."""

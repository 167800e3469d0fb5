"""The assistant: what procedures and law say to a question, each sentence with the passage that carries it."""

"""The digital assistant: a conversation for everybody, one for officers, and what people did about its answers."""

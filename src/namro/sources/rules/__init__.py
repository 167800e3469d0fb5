"""Pure decisions of the sources: who may send, what a box holds, what does not add up, when a return is due."""

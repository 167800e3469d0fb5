"""Pure decisions on queues: the state table, whose turn it is, who may have which slot."""

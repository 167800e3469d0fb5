"""What citizens and businesses see: filing online, following a dossier, paying, answering, rating."""

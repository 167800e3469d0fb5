"""Administrative procedures: found and read by everybody, imported and published by those who may."""

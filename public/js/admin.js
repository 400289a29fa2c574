// Nothing here is needed: every page of the admin works without it.

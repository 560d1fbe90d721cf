"""The facts the assistant may state: sites, services, hotlines, communes, and when they open."""

"""The daily digest: a list of papers in, pages to read offline out."""

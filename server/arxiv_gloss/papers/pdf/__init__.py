"""PDF in, `Document` out, read in a process of its own: `process.read_pdf` is the way in."""

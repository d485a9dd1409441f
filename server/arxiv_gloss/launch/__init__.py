"""The server as a service or a background process, and the extension in a folder that browsers can load."""

"""How the tables came to be, step by step; a step that has shipped is never changed."""

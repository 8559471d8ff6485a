"""Objects by theme, each with a painter of its own, and the catalogue that names them."""

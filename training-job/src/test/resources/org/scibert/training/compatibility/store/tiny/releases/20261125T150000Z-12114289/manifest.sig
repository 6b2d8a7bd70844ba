{
  "algorithm" : "Ed25519",
  "key" : "63162d2587b5b016cd6490707333fe6edbaf934f2874c1e67c0c4b8ddf629fbf",
  "signature" : "sD10wey/6GhES+A9KijzPVoFQWkH7nbq8h7SI/n68M3aFOLSJ+hj+uhDTX/BI6mKmOVNuiA0EKlyFTyQdEm5DA=="
}

"""kg: Chinese news articles in, a knowledge graph of claims with their evidence out."""

__version__ = "0.1.0"

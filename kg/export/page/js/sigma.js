// sigma.js as the engine of larger graphs.

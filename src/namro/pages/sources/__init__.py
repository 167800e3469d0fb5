"""Sources of data: who keeps the promise, what came in each batch, what waits to be mended."""

"""What every part of the benchmark uses: data, servers, load, measurement, results."""

set -e; eval false || echo x; eval 'true; false'; echo unreachable

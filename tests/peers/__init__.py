"""What attention views cost beside those of CircuitsVis, BertViz and inspectus. No test: run it (`make peers`)."""

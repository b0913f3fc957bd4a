"""Background work: short sweeps over what is due, every minute and soon after whatever made something due."""

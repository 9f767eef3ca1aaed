"""Tags that other apps' pages load: the bell of the cabinet, the figures of the statistics page."""

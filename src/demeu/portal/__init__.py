"""All pages and everything between application and report. Faces the Internet; holds no personal data in clear."""

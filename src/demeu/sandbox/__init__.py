"""The world outside, imitated over its real protocols. It knows no contract of ours and never runs in production."""

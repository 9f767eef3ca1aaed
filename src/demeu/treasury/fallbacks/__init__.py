"""Money that its own purpose no longer needs: the donor is asked, or it goes back, as was chosen at gift time.

Never moves such money by itself before the donor has answered or the written term has passed.
"""

"""What a person is told: their messages, where and when they wish to be told, and proof that a message is ours.

Words: a *notice* is a message as its reader sees it; its *check code* also stands in the SMS or the mail.
Always true: texts, phones and addresses are asked of vault for one request and never stored or logged here.
"""

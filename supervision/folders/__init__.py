"""One folder per activity (一次活动一档): what belongs to a reception day, a day of visits, a voters' meeting, a
training or a deliberation meeting, brought together anew each time and given as one Word document and one PDF.

What stands in a folder is Chinese, since the ledger box is; no voter is named in it.
"""

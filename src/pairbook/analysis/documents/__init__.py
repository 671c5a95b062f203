"""The words of a document file: a web page, a Word document, a PDF. What they mean is no matter of this package."""

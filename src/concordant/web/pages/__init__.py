"""The pages: each module has one subject and answers for its addresses."""

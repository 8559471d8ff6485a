"""What remembers: the storyboard values, their versions, conversations, pictures and the render queue.

| module | holds |
|---|---|
| `board`, `diff`, `board_json` | the values, what changed between two of them, and the JSON that scripts see |
| `history`, `versions` | storyboards as graphs of versions that never change, with a head that moves |
| `conversations`, `words` | messages as trees, and search |
| `pictures`, `blobs` | which picture a request drew, and its bytes by their SHA-256 |
| `jobs` | the render queue |
| `database`, `tables`, `migrations` | opening, transactions, the tables and their history |
| `maintenance`, `backup` | check, garbage collection, backup and restore |

Four rules hold it together. What was saved is never rewritten: an edit is a new version, and the database refuses an
update of an old one. Pictures are no part of a version: it names the request for each panel, and the picture is found
through that. Every row belongs to an owner, and the classes here are made for one owner and see nothing else. A method
is one transaction: it happens as a whole or not at all, and says so in one line (`errors`).
"""

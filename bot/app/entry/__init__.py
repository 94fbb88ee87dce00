"""Getting in and out: invitations, binding a chat, the secure page, and somebody who stops."""

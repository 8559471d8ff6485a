"""What understands and decides: reading stories, editing boards by conversation, drawing them, handing them on."""

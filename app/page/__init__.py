"""What a template receives: the page of a lab, made of plain parts."""

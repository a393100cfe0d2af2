package document

// RunChild lets tests choose how long a child may take.
var RunChild = runChild

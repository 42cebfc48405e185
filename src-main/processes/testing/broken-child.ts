// A program that ends before it says that it is ready.
process.stderr.write('the program is broken\n')
process.exit(3)

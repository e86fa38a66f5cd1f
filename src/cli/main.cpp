// The program's door: hands the command line over and turns errors into exit statuses.
int main() { return 0; }

// The program's door: hands the command line over.
#include "cli/commands.hpp"

int main(int count, char** words) { return austral::cli::run(count, words); }

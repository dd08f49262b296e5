// From what is stored of an occurrence back to the object, by hand.
#pragma once

#include <string>
#include <vector>

#include "results/records.h"

namespace objhound::results {

// Shell commands, one per line, that generate the program, compile it as the campaign did and check the object; lines
// that begin with "#" say with which versions. Every word is quoted: what a database says is never run as shell code.
std::vector<std::string> reproduction_commands(const ProgramRecord& program, const ConfigurationRecord& configuration);

}  // namespace objhound::results

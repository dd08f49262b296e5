#include "oracle/cfg/outlined.h"

namespace objhound::oracle {

bool is_outlined_helper(std::string_view name) { return name.starts_with("OUTLINED_FUNCTION_"); }

}  // namespace objhound::oracle

#include "harness/terminal.h"

#include "results/text.h"

namespace objhound::harness {
namespace {

void make_printable(std::string& text) { text = results::printable(text); }

void make_printable(std::vector<std::string>& lines) {
  for (std::string& line : lines) make_printable(line);
}

}  // namespace

std::string terminal_text(oracle::FileReport report, bool colour) {
  make_printable(report.path);
  for (oracle::Finding& finding : report.findings) {
    make_printable(finding.function);
    make_printable(finding.message);
    make_printable(finding.evidence);
    make_printable(finding.path);
  }
  for (oracle::UnprovedFunction& function : report.unproved_functions) {
    make_printable(function.function);
    make_printable(function.detail);
  }
  for (oracle::NeededLibrary& library : report.libraries) {
    make_printable(library.path);
    make_printable(library.never_return);
  }
  return oracle::to_terminal_text(report, colour);
}

}  // namespace objhound::harness

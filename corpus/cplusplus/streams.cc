// Streams and regular expressions: large templates with many cleanups.
#include <fstream>
#include <iomanip>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

int step(int value);

std::string table(const std::vector<double>& values) {
  std::ostringstream out;
  for (double value : values) out << std::setw(12) << std::fixed << value << '\n';
  return out.str();
}

int sum_of_lines(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::ios_base::failure("cannot open " + path);
  int sum = 0;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    int value = 0;
    while (fields >> value) sum += step(value);
  }
  return sum;
}

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  std::vector<std::string> result;
  const std::regex expression(pattern, std::regex::icase | std::regex::ECMAScript);
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) result.push_back(at->str());
  return result;
}

std::string cleaned(const std::string& text) { return std::regex_replace(text, std::regex("[ \t]+"), " "); }

void report(const std::exception& error) { std::cerr << "error: " << error.what() << std::endl; }

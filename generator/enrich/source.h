// Reading what Csmith wrote, as far as it takes to weave something into it: functions, blocks, declarations and
// statements as a tree over tokens. Expressions stay strings of tokens: what is asked of them (which names stand there,
// what is called with which arguments, whose address is taken) is seen in the tokens.
//
// A reader of our own and no compiler's front end: Csmith writes a small and regular part of C (no typedefs, no macros,
// every name but i, j and k only once in a program). To read one takes a millisecond; libclang takes 12 to 35, and 17
// to load at every start of objhound, which is four times what checking an object takes. Csmith itself takes 10. What
// does not look as it should is an error, never a guess: such a program stays as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace objhound::generator::enrich {

struct Token {
  enum class Kind : uint8_t { Word, Number, String, Mark } kind;
  uint32_t begin, end;  // bytes of the text
  uint32_t line;        // from 1
};

// Tokens, [begin, end).
struct Range {
  uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
  uint32_t size() const { return end - begin; }
};

// An object with a name: a local or a parameter.
struct Variable {
  unsigned node = 0;          // unlike that of anything else in the program
  std::string before, after;  // its declarator around the name: "int32_t *" and "[3]"
  std::string name;
  Range initializer;         // behind the =; empty without one
  bool braces = false;       // it is a list
  bool initialized = false;  // a value from the beginning: a parameter, or one with an initializer
  bool constant = false;     // the object itself, not what it points at
  bool is_volatile = false;
  bool array = false;
  bool pointer = false;    // or an array of pointers
  bool aggregate = false;  // a struct or union, or an array of such
  bool floating = false;   // or an array of float
  bool alone = true;       // the only one of its declaration
  bool address_taken = false;
  bool integer() const { return !array && !pointer && !aggregate && !floating; }
};

struct Statement {
  enum class Kind : uint8_t { Block, If, For, Expression, Return, Break, Continue, Goto, Declaration } kind;
  unsigned node = 0;
  unsigned line = 0;
  std::vector<std::string> labels;  // in front of it
  Range tokens;                     // all of it, without the labels
  Range first, second, third;       // condition; the three of a for; expression; the label of a goto
  std::vector<Statement> parts;     // of a block; then and else; the body
  std::vector<Variable> variables;  // of a declaration
  // What is somewhere in it:
  bool has_labels = false, has_return = false, has_goto = false;
  bool leaves_by_break = false, leaves_by_continue = false;  // out of it
  bool has_loop = false;
};

struct Call {
  unsigned node;
  uint32_t token;  // the function's name
  std::string callee;
};

struct Function {
  unsigned node = 0;
  unsigned line = 0;
  std::string name;
  std::string returns;        // the type, unqualified
  std::string declared_type;  // as it is written
  bool returns_aggregate = false;
  std::vector<Variable> parameters;
  Range header;  // up to the body
  Statement body;
  std::vector<Call> calls;
  bool has_labels = false;
  // Its type in tokens: functions that have the same can stand in a table of pointers.
  std::string signature;
};

class Source {
 public:
  // Fails with a line for people on what Csmith does not write.
  static tl::expected<Source, std::string> read(std::string text);

  const std::string& text() const { return text_; }
  const std::vector<Token>& tokens() const { return tokens_; }
  std::string_view spelling(uint32_t token) const {
    return std::string_view(text_).substr(tokens_[token].begin, tokens_[token].end - tokens_[token].begin);
  }
  bool is(uint32_t token, std::string_view spelled) const {
    return token < tokens_.size() && spelling(token) == spelled;
  }
  bool is_word(uint32_t token) const { return token < tokens_.size() && tokens_[token].kind == Token::Kind::Word; }
  // A word that is no name of a member.
  bool is_name(uint32_t token) const {
    return is_word(token) && (token == 0 || (!is(token - 1, ".") && !is(token - 1, "->")));
  }
  // The bracket that closes the one at `token`; the number of tokens if none does.
  uint32_t closing(uint32_t token) const;

  const std::vector<Function>& functions() const { return functions_; }  // without main
  const Function* function(std::string_view name) const;
  uint32_t after_includes() const { return after_includes_; }  // the byte behind the last #include's line
  uint32_t first_function() const { return first_function_; }  // the byte where the first definition begins
  // A struct or union has members that are volatile.
  bool volatile_members() const { return volatile_members_; }
  unsigned nodes() const { return nodes_; }

 private:
  friend class Reader;
  std::string text_;
  std::vector<Token> tokens_;
  std::vector<Function> functions_;
  uint32_t after_includes_ = 0, first_function_ = 0;
  bool volatile_members_ = false;
  unsigned nodes_ = 0;
};

}  // namespace objhound::generator::enrich

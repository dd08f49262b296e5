// Writes a program again, with what the plan says woven in. The text of Csmith that nothing is done to stays as it is,
// token by token.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/enrich/plan.h"
#include "generator/enrich/source.h"

namespace objhound::generator::enrich {

// A statement that leaves: "break;", or the goto that it has become where a switch of ours would catch it.
struct Exit {
  std::string text;
  bool* used = nullptr;  // set where it is written: the label is needed then
};

// What the place means at which something is written.
struct Context {
  const Function* function = nullptr;
  Exit on_break, on_continue;  // empty where there is nothing to leave
  Exit break_in_switch;        // what on_break becomes inside of a switch
  bool outlined = false;       // a return only leaves the outlined function
  std::string result;          // and puts here what its caller is to return; empty: it holds no return
  std::map<std::string, std::string, std::less<>> names;  // how objects are written that are not written by their name
  std::vector<const Variable*> scope;                     // the innermost last
  unsigned loops = 0;                                     // around, in the same function
  unsigned copies = 1;                                    // of what is written here

  Context in_switch() const {
    Context inner = *this;
    inner.on_break = break_in_switch;
    return inner;
  }
  Context copied(unsigned times) const {
    Context inner = *this;
    inner.copies *= times;
    return inner;
  }
  std::string named(std::string_view name) const {
    const auto found = names.find(name);
    return found == names.end() ? std::string(name) : found->second;
  }
};

class Writer {
 public:
  Writer(const Source& source, const Plan& plan) : source_(source), plan_(plan) {}

  std::string program();

  // --- Pieces of a program ---
  std::string expression(Range tokens, const Context& context);
  // With its labels and all that is done to it.
  std::string statement(const Statement& s, const Context& context);
  // In braces.
  std::string block(const Statement& s, const Context& context);
  // Declares the object, which is in scope from there on.
  std::string declaration(const Variable& v, Context& context);

  // --- Chapters (one file each); they write the form that the choice says, or the plain one ---
  std::string branch(const Choice& choice, const Statement& s, const Context& context);
  std::string loop(const Choice& choice, const Statement& s, const Context& context);
  std::string before(const Choice& choice, const Context& context);
  using Body = std::function<std::string(const Context&)>;
  std::string around(const Choice& choice, const Statement& s, const Context& context, const Body& body);
  std::string object(const Choice& choice, const Variable& v, Context& context);
  std::string call(const Choice& choice, const Function& callee, Range arguments, const Context& context);
  std::string function_body(const Function& f, const Context& context);
  static std::string function_attributes(const Choice& choice);

  // --- What the chapters share ---
  std::string condition(const Statement& s, const Context& context);
  std::string plain_loop(const Statement& s, const Context& context);
  std::string leave(const Exit& exit) const {
    if (exit.used != nullptr) *exit.used = true;
    return exit.text + "\n";
  }
  std::string fresh(std::string_view prefix) { return fmt::format("enrich_{}{}", prefix, names_++); }
  // An integer in scope; null if there is none. One that is read where control gets has a value there and is not
  // volatile.
  const Variable* integer(const Context& context, uint8_t choice, bool is_read) const;
  // A value of 32 bits from the program's own data, or `otherwise`.
  std::string value(const Context& context, uint8_t choice, std::string_view otherwise) const;
  // A statement for where control never gets.
  std::string never(const Context& context, uint8_t choice, unsigned salt) const;
  const Plan& plan() const { return plan_; }
  const Source& source() const { return source_; }
  // Something in front of all functions, once.
  void declare_once(const std::string& key, const std::string& text);
  // Something in front of the function at hand.
  void add_helper(const std::string& text) { helpers_ += text + "\n"; }

 private:
  std::string form(const Statement& s, const Context& context);
  std::string leave_function(const Statement& s, const Context& context);
  std::string function(const Function& f);

  const Source& source_;
  const Plan& plan_;
  unsigned names_ = 0;
  std::map<std::string, bool> declared_;
  std::string declarations_, helpers_;
};

// The same text, each line as deep as its braces.
std::string indented(std::string_view text);

}  // namespace objhound::generator::enrich

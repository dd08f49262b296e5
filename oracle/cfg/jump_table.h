// Where an indirect jump goes. The slice of its target (slicer.h) is held against the one form that all jump tables
// of GCC and Clang have on both architectures,
//
//   target = base + factor * extend(memory[table + stride * index])
//
// with an entry of 1, 2, 4 or 8 bytes; without a base the entry is the whole address. The index's bound (bounds.h)
// gives the number of entries. Where no bound can be proved, the bytes do: up to the end of the object, or the next
// one, as long as every entry leads into the family. Such a table is not exact.
//
// A computed goto through a table of label addresses has the same form. One whose target comes from elsewhere may go
// to every label of the family whose address is taken.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "oracle/cfg/bounds.h"
#include "oracle/cfg/descent.h"
#include "oracle/cfg/references.h"

namespace objhound::oracle {

// What building a family tells of the file, beside its control flow.
struct FamilyNotes {
  std::vector<ResolvedCall> calls;  // through registers
  TableExtents tables;
  std::vector<Place> asked;            // places of which it mattered whether a table is around them
  std::vector<Place> names;            // NamedPlaces, of a family with an open table
  std::vector<ObjectEnd> object_ends;  // all that was made of what code names
};

struct Resolution {
  enum class Kind : uint8_t {
    Unresolved,
    Table,     // `tables` and `targets`
    Labels,    // `targets`
    TailCall,  // `callee`
    TailCallIndirect,
  };
  struct Target {
    uint32_t range;   // index into FlowGraph::ranges
    uint64_t offset;  // bytes from the section's start
    friend auto operator<=>(const Target&, const Target&) = default;
  };
  Kind kind = Kind::Unresolved;
  std::vector<Target> targets;       // sorted, no duplicates
  bool approximate = false;          // there may be fewer targets
  std::vector<Target> certain;       // but these there are; sorted
  bool bounded = true;               // but not more; of TailCallIndirect: it is one for certain
  bool open = false;                 // for want of the table's end, which other code may tell (References)
  std::vector<JumpTable> tables;     // more than one when jumps were merged; the jump's index is that in the flow graph
  std::vector<Place> bases;          // of tables: what entries are relative to
  bool counts_instructions = false;  // so do the entries, and not bytes
  Callee callee;

  // Whether the edges are the same.
  bool leads_where(const Resolution& other) const {
    return kind == other.kind && approximate == other.approximate && targets == other.targets;
  }
  friend bool operator==(const Resolution&, const Resolution&) = default;
  bool certain_table() const { return kind == Kind::Table && !approximate; }
  // Whether it leaves the family, and nothing else.
  bool leaves() const { return (kind == Kind::TailCall || kind == Kind::TailCallIndirect) && targets.empty(); }
  void sort();  // `targets`, as they must be
};

class JumpResolver : private TableEdges {
 public:
  JumpResolver(const CodeView& view, const FlowGraph& graph, Descent& descent, References& references,
               FamilyNotes& notes)
      : view_(view),
        graph_(graph),
        descent_(descent),
        references_(references),
        notes_(notes),
        slicer_(view, graph),
        bounds_(slicer_, *this),
        splits_stacks_(std::ranges::any_of(view.symbols(), runs_the_rest_of_its_caller, &Symbol::name)) {}

  // Another family: `steps` bounds the work for all of its jumps together.
  void start(uint64_t steps);
  // The graph may have grown. Forgets what was concluded from it if that need not hold any more. `known` are the
  // resolutions so far.
  void go_on(const std::vector<Resolution>* known);
  // What is asked for: what is certain; also tables that only the bytes bound; also, for jumps that nothing else is
  // known of, all labels whose address is taken (of those, many turn out to be a table's). Else they stay unresolved.
  enum class Asked : uint8_t { Certain, Tables, Anything };
  Resolution resolve(uint32_t jump, Asked asked);
  // Both at once.
  static void merge(Resolution& into, const Resolution& from);
  // Whom a call through a register calls, when that is one known function.
  std::optional<Callee> callee(uint32_t call);

 private:
  // The form above. Places of linked files are found from addresses.
  struct Shape {
    Place table;  // with constants that were added to the index
    Place named;  // as the code names it, if it is known
    NodeId index = kNoIndex;
    int64_t stride = 0;  // bytes from one value of the index to the next
    uint64_t step = 1;   // the index is always a multiple of this; stride * step is a multiple of `width`
    unsigned width = 0;
    bool is_signed = false;
    bool has_base = false;
    Place base;
    int64_t factor = 1;
  };

  // One of the values that the target can have, and where it has it.
  struct Choice {
    NodeId value;
    Bounds::Point point;
  };

  NodeId index_of(uint32_t jump) override;
  IntervalSet indices_to(uint32_t jump, uint32_t to) override;
  void index_tables();
  // A table that is the only one of its jump, as Bounds asks for it.
  struct IndexedTable {
    uint32_t jump;
    const JumpTable* table;
    bool certain;
    bool looked_at = false;
    NodeId index = kNoIndex;  // kNoIndex: not known
    uint64_t first = 0;       // the index of the first entry
    uint64_t step = 1;        // from one entry to the next
  };
  IndexedTable* indexed_table(uint32_t jump);
  // A run of entries, as far as the index tells.
  struct Entries {
    Place first;
    int64_t low = 0;     // its index
    int64_t stride = 0;  // bytes
    uint64_t most = 0;
    bool bounded = false;  // there are no more than `most`
    bool trusted = false;  // and that is what the table was made for
    bool guessed_start = false;
    IntervalSet indices = IntervalSet::everything();  // that the jump can have
    uint64_t bits = ~uint64_t{0};                     // that can be set in them
  };

  Resolution resolve_within_budget(uint32_t jump, Asked asked);
  // Ways to where values meet: all, or those that the program has for certain (jump_values.cc).
  enum class Ways : uint8_t { All, Meant };
  std::vector<Choice> choices(uint32_t jump, NodeId target, Ways ways);
  bool unguarded(uint32_t jump) const;
  bool unmeant(const Arrival& way, unsigned depth) const;
  void drop_unmeant(std::vector<std::pair<Arrival, NodeId>>& incoming) const;
  std::vector<NodeId> sources(NodeId value, Ways ways);
  std::vector<NodeId> parts_to_settle(NodeId target);
  std::optional<Resolution> resolve_choices(uint32_t jump, std::span<const Choice> choices);
  std::optional<Resolution> resolve_bases(uint32_t jump, const Choice& choice);
  std::optional<Resolution> resolve_meant(uint32_t jump, NodeId target);
  std::optional<Resolution> resolve_choice(uint32_t jump, const Choice& choice);
  std::optional<Shape> match(NodeId target);
  bool match_entry(NodeId entry, Shape& shape);
  bool match_address(NodeId address, Shape& shape);
  NodeId settled(NodeId value);
  NodeId with_spilled_bases(NodeId target);
  NodeId with_last_spilled_bases(NodeId target);
  NodeId substitute(NodeId node, NodeId from, NodeId to);
  bool ends_at_named_place(const Shape& shape, const JumpTable& table, uint64_t end, bool invalid) const;
  uint64_t possible_bits(NodeId value);
  bool asks_for_more_stack(Resolution::Target place) const;
  bool outside_of_table(const Shape& shape, int64_t index);
  bool may_end_in_padding(const Shape& shape, const JumpTable& table, uint64_t end) const;
  uint64_t limit_by_shape(NodeId index);
  Entries entries_of(const Shape& shape, const Bounds::Point& point);
  std::optional<Resolution> read_table(uint32_t jump, const Shape& shape, const Bounds::Point& point);
  std::optional<Resolution> read_entries(uint32_t jump, const Shape& shape, const Entries& entries);
  int64_t end_of_table_around(Place place);
  int64_t unproved_start(const Shape& shape, int64_t low, bool& guessed);
  Place entry_target(const Shape& shape, Place entry) const;
  bool leads_astray(Place target) const;
  bool valid_target(uint32_t jump, Place target, bool strict);
  uint64_t extent(Place first, Place origin, bool strong, bool& sized);
  uint64_t object_end(Place place, bool strong, bool& sized);
  void find_named();
  bool may_be_respelled(NodeId target);
  std::optional<Resolution> known_target(uint32_t jump, NodeId target);
  Resolution all_labels(uint32_t jump);
  std::vector<Place> places_that_the_got_is_found_from() const;
  std::pair<int64_t, int64_t> object_of(const JumpTable& table);
  bool may_be_label();
  std::vector<Resolution::Target> labels_taken();
  void add_labels(uint32_t range, std::vector<Resolution::Target>& targets);
  void add_named_labels(std::vector<Resolution::Target>& labels, const std::function<bool(Place)>& of_table) const;
  bool plausible_call(uint32_t jump, NodeId target, unsigned depth);
  bool plausible_pointer_load(NodeId load);
  bool goes_to_another_frame(uint32_t jump);
  Place place_of(const Node& sum) const;
  std::optional<Callee> callee_at(Place place) const;
  std::optional<Callee> callee_in_constant(const Node& address) const;

  const CodeView& view_;
  const FlowGraph& graph_;
  Descent& descent_;
  References& references_;
  FamilyNotes& notes_;
  Slicer slicer_;
  Bounds bounds_;
  const std::vector<Resolution>* known_ = nullptr;
  std::vector<IndexedTable> indexed_;  // of `known_`, sorted by jump
  bool splits_stacks_;                 // code of the file asks for more stack
  bool ran_out_ = false;               // of steps: what was concluded is less than what there is
  // In a linked file, what instructions of the family take the address of. What the slicer is needed for comes last.
  uint32_t looked_through_ = 0;                      // instructions
  std::vector<Place> named_;                         // sorted
  std::vector<std::pair<uint32_t, unsigned>> sums_;  // instruction and operation, that may complete an address
  size_t named_by_sums_ = 0;                         // of these, those looked at
  std::vector<Place> sum_places_;                    // what they name; sorted
  uint64_t steps_left_ = 0;
  unsigned visits_left_ = 0;
};

}  // namespace objhound::oracle

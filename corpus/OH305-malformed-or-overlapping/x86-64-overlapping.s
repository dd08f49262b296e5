// arch: x86-64
// rule: OH305
// expect: OH305 f+0x3
// flags: -O2
// why: two entries describe the same instructions, and differ

	.text
	.globl	f
	.type	f, %function
f:
	leal	(%rdi,%rdi,2), %eax
	addl	%esi, %eax
	ret
	.size	f, .-f
	.section	.eh_frame,"a",%progbits
.Lcie:
	.long	.Lcie_end-.Lcie_id
.Lcie_id:
	.long	0
	.byte	1
	.asciz	"zR"
	.uleb128 1
	.sleb128 -8
	.uleb128 16
	.uleb128 1
	.byte	0x1b			# pc-relative, four bytes
	.byte	0x0c, 7, 8		# DW_CFA_def_cfa
	.byte	0x90, 1			# DW_CFA_offset of the return address
	.balign	8, 0
.Lcie_end:
	.long	.Lfde0_end-.Lfde0
.Lfde0:
	.long	.Lfde0-.Lcie
	.long	f-.
	.long	6
	.uleb128 0
	.balign	8, 0
.Lfde0_end:
	.long	.Lfde1_end-.Lfde1
.Lfde1:
	.long	.Lfde1-.Lcie
	.long	f+3-.
	.long	3
	.uleb128 0
	.byte	0x0e, 32			# planted: DW_CFA_def_cfa_offset of a second opinion
	.balign	8, 0
.Lfde1_end:

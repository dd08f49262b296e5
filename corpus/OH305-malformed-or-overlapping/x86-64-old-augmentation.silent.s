// arch: x86-64
// rule: OH305
// expect: silent
// flags: -O2
// why: the augmentation of GCC before 3.0: a pointer behind the string, addresses as they are

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
	.asciz	"eh"
	.quad	0
	.uleb128 1
	.sleb128 -8
	.uleb128 16
	.byte	0x0c, 7, 8		# DW_CFA_def_cfa
	.byte	0x90, 1			# DW_CFA_offset of the return address
	.balign	8, 0
.Lcie_end:
	.long	.Lfde0_end-.Lfde0
.Lfde0:
	.long	.Lfde0-.Lcie
	.quad	f
	.quad	6
	.balign	8, 0
.Lfde0_end:

// arch: x86-64
// rule: OH201
// expect: suspect OH201 f+0x5
// expect: suspect OH202 f+0x5
// expect: unproved indirect-jump f
// flags: -O2
// source: linux_ptrace_test_ret_to_nx of GDB 13, whose inline assembly goes to a page that it may not execute
// why: the return pops what the push in front of it has stored: a jump to where rbx points

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movq	%rdi, %rbx
	pushq	%rbx
	.cfi_def_cfa_offset 24
	ret
	.cfi_endproc
	.size	f, .-f

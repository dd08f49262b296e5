// arch: x86-64
// rule: OH101
// expect: suspect OH101 f+0x17
// expect: unproved unreachable-end f
// flags: -O2
// source: gcc-12 -O2
// why: the cold block lost its jmp back to .L2 and runs out of the function with its frame alive: code marked
//   unreachable may look the same, so this is suspect and not counted

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movl	%esi, %ebx
	call	g
	testl	%eax, %eax
	js	.L3
.L2:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset	8
	ret
.L3:
	.cfi_restore_state
	movl	%ebx, %edi
	call	h
	addl	$1, %eax	# planted: no jmp .L2 behind it
	.cfi_endproc
	.size	f, .-f
	.text
	.globl	next
	.type	next, %function
next:
	.cfi_startproc
	movl	$1, %eax
	ret
	.cfi_endproc
	.size	next, .-next
